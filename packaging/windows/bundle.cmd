@echo off
rem On a Windows PC with Python 3.11-3.13, Inno Setup 6 and this checkout with its wheel in build\dist: makes setup.exe.
setlocal
cd /d "%~dp0..\.."
for /f "tokens=2 delims==" %%v in ('findstr /b "__version__" hpviewer\__init__.py') do set VERSION=%%~v
set VERSION=%VERSION: =%
set VERSION=%VERSION:"=%
set HPVIEWER_BUNDLE_WORK=%CD%\build\bundle-work
if not exist "%HPVIEWER_BUNDLE_WORK%" mkdir "%HPVIEWER_BUNDLE_WORK%"
py -m venv build\venv-build || exit /b 1
build\venv-build\Scripts\python -m pip install -q -c packaging\constraints.txt build\dist\hpviewer-%VERSION%-py3-none-any.whl || exit /b 1
build\venv-build\Scripts\python -m pip install -q pyinstaller==6.22.3 || exit /b 1
build\venv-build\Scripts\python packaging\draw_icons.py resources\icons\hpviewer.svg "%HPVIEWER_BUNDLE_WORK%" || exit /b 1
build\venv-build\Scripts\pyinstaller --noconfirm --log-level WARN --distpath build\bundle --workpath "%HPVIEWER_BUNDLE_WORK%" packaging\hpviewer.spec || exit /b 1
iscc /DVersion=%VERSION% packaging\windows\hpviewer.iss
