; Inno Setup 6: the PyInstaller folder as one setup.exe, no Python needed on the PC. Made on Windows by bundle.cmd.
; 静默安装: hpviewer-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART [/ALLUSERS | /CURRENTUSER]
#ifndef Version
  #error Run bundle.cmd: it gives /DVersion
#endif

[Setup]
AppId={{6B0E7F0C-0F7B-4C52-9B56-6D3A2B7C41E9}
AppName=黄埔征拆信息查询
AppVersion={#Version}
AppPublisher=hpviewer
DefaultDirName={autopf}\hpviewer
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
; Windows 10 1809
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\build\dist
OutputBaseFilename=hpviewer-{#Version}-setup
SetupIconFile=..\..\build\bundle-work\hpviewer.ico
UninstallDisplayIcon={app}\hpviewerw.exe
ChangesAssociations=yes
CloseApplications=yes

[InstallDelete]
; An update leaves no module of the version before.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\bundle\hpviewer\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\INSTALL.md"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\黄埔征拆信息查询"; Filename: "{app}\hpviewerw.exe"; WorkingDir: "{userdocs}"

[Registry]
Root: HKA; Subkey: "Software\Classes\hpviewer.catalogue"; ValueType: string; ValueData: "黄埔征拆信息目录"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\hpviewer.catalogue\DefaultIcon"; ValueType: string; ValueData: "{app}\hpviewerw.exe,0"
Root: HKA; Subkey: "Software\Classes\hpviewer.catalogue\shell\open\command"; ValueType: string; ValueData: """{app}\hpviewerw.exe"" --catalogue ""%1"""
Root: HKA; Subkey: "Software\Classes\.gpkg\OpenWithProgids"; ValueType: string; ValueName: "hpviewer.catalogue"; ValueData: ""; Flags: uninsdeletevalue

[Run]
Filename: "{app}\hpviewerw.exe"; Description: "打开黄埔征拆信息查询"; Flags: nowait postinstall skipifsilent
