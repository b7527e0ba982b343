@echo off
rem Double-click to install. Silent: install.cmd -Quiet [-AllUsers] [-Python C:\Python312\python.exe]
rem Kept in ASCII: cmd.exe reads this file in the PC's own code page.
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1" %*
if errorlevel 1 (
  echo %* | find /i "-Quiet" >nul || pause
  exit /b 1
)
echo %* | find /i "-Quiet" >nul || pause
exit /b 0
