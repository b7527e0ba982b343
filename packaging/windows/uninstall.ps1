# 卸载 hpviewer；各用户自己的目录与设置不动。 Removes the program; what users keep in their own folders stays.
param([switch]$Quiet)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2

$target = Split-Path -Parent $MyInvocation.MyCommand.Path
$all = $target.StartsWith($env:ProgramFiles, [StringComparison]::OrdinalIgnoreCase)
$hive = if ($all) { 'HKLM:' } else { 'HKCU:' }
$menu = [Environment]::GetFolderPath($(if ($all) { 'CommonPrograms' } else { 'Programs' }))
$entry = "$hive\Software\Microsoft\Windows\CurrentVersion\Uninstall\hpviewer"

# Only a folder that the installer made and registered: a copy of this script elsewhere deletes nothing.
if (-not (Test-Path -LiteralPath $entry) -or (Get-ItemProperty -LiteralPath $entry).InstallLocation -ne $target) {
    Write-Host '这里不是 hpviewer 的安装位置，没有删除任何东西。请从“设置 → 应用”卸载。' -ForegroundColor Red
    exit 1
}
if (Get-Process -Name hpviewer, hpviewerw -ErrorAction SilentlyContinue) {
    Write-Host 'hpviewer 正在运行，请先关闭它。' -ForegroundColor Red
    exit 1
}
if (-not $Quiet) {
    $answer = Read-Host '卸载黄埔征拆信息查询？您的目录和设置会保留。(y/n)'
    if ($answer -notin 'y', 'Y') { exit 1 }
}
Remove-Item -Force -LiteralPath (Join-Path $menu '黄埔征拆信息查询.lnk') -ErrorAction SilentlyContinue
Remove-Item -Recurse -Force -LiteralPath "$hive\Software\Classes\hpviewer.catalogue" -ErrorAction SilentlyContinue
Remove-ItemProperty -LiteralPath "$hive\Software\Classes\.gpkg\OpenWithProgids" -Name 'hpviewer.catalogue' `
    -ErrorAction SilentlyContinue
Remove-Item -Recurse -Force -LiteralPath $entry
Set-Location -LiteralPath $env:TEMP
Remove-Item -Recurse -Force -LiteralPath $target
Write-Host '已卸载。'
exit 0
