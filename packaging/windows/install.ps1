# 从本文件夹安装 hpviewer，不联网。需要已安装的 64 位 Python 3.11–3.13。
# Installs hpviewer from this folder without a network, into an environment of its own.
#   -AllUsers   for everyone on this PC (needs an administrator); without it for this user only
#   -Quiet      no questions, no pause; exit code 0 or 1
#   -Python     path of python.exe, when it is not found by itself
param(
    [switch]$AllUsers,
    [switch]$Quiet,
    [string]$Python = ''
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2

$kit = Split-Path -Parent $MyInvocation.MyCommand.Path
$version = (Get-Content -LiteralPath (Join-Path $kit 'VERSION') -TotalCount 1).Trim()
if ($AllUsers) {
    $target = Join-Path $env:ProgramFiles 'hpviewer'
    $menu = [Environment]::GetFolderPath('CommonPrograms')
    $hive = 'HKLM:'
} else {
    $target = Join-Path $env:LOCALAPPDATA 'Programs\hpviewer'
    $menu = [Environment]::GetFolderPath('Programs')
    $hive = 'HKCU:'
}

function Stop-Install([string]$what, [string]$next) {
    Write-Host $what -ForegroundColor Red
    Write-Host $next
    exit 1
}

# The version of a python.exe when it is one that hpviewer runs on, else nothing.
function Get-UsablePython([string]$exe) {
    if (-not $exe -or -not (Test-Path -LiteralPath $exe)) { return $null }
    $code = "import struct, sys; print('%d.%d' % sys.version_info[:2] if struct.calcsize('P') == 8 else '')"
    try { $found = (& $exe -c $code 2>$null | Select-Object -First 1) } catch { return $null }
    if ($found -in '3.11', '3.12', '3.13') { return $found }
    return $null
}

function Find-Python {
    $candidates = New-Object System.Collections.Generic.List[string]
    if ($Python) { $candidates.Add($Python) }
    foreach ($wanted in '3.13', '3.12', '3.11') {
        foreach ($root in 'HKCU:\Software\Python\PythonCore', 'HKLM:\Software\Python\PythonCore') {
            $key = "$root\$wanted\InstallPath"
            if (Test-Path -LiteralPath $key) {
                $item = Get-ItemProperty -LiteralPath $key
                if ($item.PSObject.Properties['ExecutablePath']) { $candidates.Add($item.ExecutablePath) }
                elseif ($item.PSObject.Properties['(default)']) { $candidates.Add((Join-Path $item.'(default)' 'python.exe')) }
            }
        }
    }
    foreach ($command in @(Get-Command python.exe -All -ErrorAction SilentlyContinue)) { $candidates.Add($command.Source) }
    foreach ($exe in $candidates) {
        if (Get-UsablePython $exe) { return $exe }
        if ($Python) { return $null }
    }
    return $null
}

# Every file as it was packed: a half-copied USB stick must not become a half-working program.
function Test-Kit {
    foreach ($line in Get-Content -LiteralPath (Join-Path $kit 'SHA256SUMS') -Encoding UTF8) {
        if (-not $line) { continue }
        $sum, $name = $line -split '\s+\*?', 2
        $file = Join-Path $kit ($name -replace '/', '\')
        if (-not (Test-Path -LiteralPath $file) -or
            (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -ne $sum.ToUpperInvariant()) {
            Stop-Install "安装包不完整：$name" '请重新复制整个文件夹后再安装。'
        }
    }
}

Write-Host "hpviewer $version → $target"
Test-Kit
$exe = Find-Python
if (-not $exe) {
    Stop-Install '没有找到 64 位的 Python 3.11、3.12 或 3.13。' '请先安装 Python，或用 -Python 指明 python.exe 的位置。'
}
if (Get-Process -Name hpviewer, hpviewerw -ErrorAction SilentlyContinue) {
    Stop-Install 'hpviewer 正在运行。' '请先关闭它，再安装。'
}

# A new environment beside the old one: the old one serves until the new one is whole.
New-Item -ItemType Directory -Force -Path $target | Out-Null
$fresh = Join-Path $target "env-$version-$([DateTime]::Now.ToString('yyyyMMddHHmmss'))"
Write-Host '正在安装，约需一分钟…'
try {
    & $exe -m venv $fresh
    if ($LASTEXITCODE) { throw 'venv' }
    & "$fresh\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-index `
        --find-links (Join-Path $kit 'wheels') "hpviewer==$version"
    if ($LASTEXITCODE) { throw 'pip' }
    & "$fresh\Scripts\python.exe" -m hpviewer --version
    if ($LASTEXITCODE) { throw 'hpviewer' }
} catch {
    Remove-Item -Recurse -Force -LiteralPath $fresh -ErrorAction SilentlyContinue
    Stop-Install "安装失败：$_" '原有版本没有改动。请把以上文字交给管理员。'
}

$program = Join-Path $fresh 'Scripts\hpviewerw.exe'
Copy-Item -Force -LiteralPath (Join-Path $kit 'hpviewer.ico'), (Join-Path $kit 'uninstall.ps1'), (Join-Path $kit 'INSTALL.md') `
    -Destination $target
$icon = Join-Path $target 'hpviewer.ico'

# Made under a plain name, then renamed: WScript.Shell writes names in the PC's code page only.
$plain = Join-Path $menu 'hpviewer.lnk'
$shortcut = (New-Object -ComObject WScript.Shell).CreateShortcut($plain)
$shortcut.TargetPath = $program
$shortcut.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments')
$shortcut.IconLocation = $icon
$shortcut.Save()
Move-Item -Force -LiteralPath $plain -Destination (Join-Path $menu '黄埔征拆信息查询.lnk')
Set-Content -LiteralPath (Join-Path $target 'hpviewer.cmd') -Encoding Default `
    -Value "@`"$(Join-Path $fresh 'Scripts\hpviewer.exe')`" %*"

# Offered under "open with" for .gpkg; the file's usual program stays as it is.
$class = "$hive\Software\Classes\hpviewer.catalogue"
New-Item -Force -Path "$class\shell\open\command" | Out-Null
Set-ItemProperty -LiteralPath $class -Name '(default)' -Value '黄埔征拆信息目录'
Set-ItemProperty -LiteralPath "$class\shell\open\command" -Name '(default)' -Value "`"$program`" --catalogue `"%1`""
New-Item -Force -Path "$class\DefaultIcon" | Out-Null
Set-ItemProperty -LiteralPath "$class\DefaultIcon" -Name '(default)' -Value $icon
New-Item -Force -Path "$hive\Software\Classes\.gpkg\OpenWithProgids" | Out-Null
New-ItemProperty -Force -LiteralPath "$hive\Software\Classes\.gpkg\OpenWithProgids" -Name 'hpviewer.catalogue' `
    -PropertyType String -Value '' | Out-Null

$entry = "$hive\Software\Microsoft\Windows\CurrentVersion\Uninstall\hpviewer"
$remove = "powershell.exe -NoProfile -ExecutionPolicy Bypass -File `"$(Join-Path $target 'uninstall.ps1')`""
New-Item -Force -Path $entry | Out-Null
foreach ($pair in @{
        DisplayName = '黄埔征拆信息查询'; DisplayVersion = $version; Publisher = 'hpviewer'; InstallLocation = $target
        DisplayIcon = $icon; UninstallString = $remove; QuietUninstallString = "$remove -Quiet"
    }.GetEnumerator()) {
    Set-ItemProperty -LiteralPath $entry -Name $pair.Key -Value $pair.Value
}
Set-ItemProperty -LiteralPath $entry -Name NoModify -Value 1 -Type DWord
Set-ItemProperty -LiteralPath $entry -Name NoRepair -Value 1 -Type DWord

Get-ChildItem -LiteralPath $target -Directory -Filter 'env-*' | Where-Object { $_.FullName -ne $fresh } |
    ForEach-Object { Remove-Item -Recurse -Force -LiteralPath $_.FullName -ErrorAction SilentlyContinue }
Write-Host "安装完成。请从“开始”菜单打开“黄埔征拆信息查询”。" -ForegroundColor Green
exit 0
