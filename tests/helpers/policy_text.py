"""A policy of three clauses as a text file, written for the tests."""

from __future__ import annotations

POLICY = """广州市黄埔区征收集体土地补偿安置办法
穗埔府规〔2026〕9号
第一条 为规范本区征收集体土地的补偿安置工作，制定本办法。
第二条 被征收人对补偿安置方案有异议的，可以在公告期内提出。
第三条 本办法自2026年3月1日起施行，有效期5年。
广州市黄埔区人民政府
2026年2月10日
"""
