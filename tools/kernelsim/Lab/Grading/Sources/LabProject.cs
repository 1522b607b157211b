using System.Security;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>
/// The files with which <c>dotnet build</c> and an editor understand a folder's C#: a project of the content, and <c>kernelsim.props</c>, which
/// names the assemblies beside the tool. There is no package to restore, so neither feed nor network is asked.
/// </summary>
internal static class LabProject
{
    /// <summary>Name of the file that names the assemblies.</summary>
    public const string PropsFile = "kernelsim.props";

    /// <summary>Writes <see cref="PropsFile"/> for this tool.</summary>
    /// <returns>Why it cannot be written; null if it is.</returns>
    public static Failure? Write(LabFolder folder) => folder.Write(PropsFile, Text);

    /// <summary>Writes it again if the tool is another one than at the start. A folder that cannot be written keeps what it has.</summary>
    public static void Renew(LabFolder folder)
    {
        if (folder.TryRead(PropsFile, out string text, out _) && text != Text)
        {
            _ = Write(folder);
        }
    }

    private static string Text { get; } = string.Join(
        '\n',
        [
            "<Project>",
            "  <!-- Written by 'kernelsim lab': the assemblies beside it. 'kernelsim lab check' writes it again when the tool has moved. -->",
            "  <PropertyGroup>",
            "    <TargetFramework>net10.0</TargetFramework>",
            "    <ImplicitUsings>enable</ImplicitUsings>",
            "    <Nullable>enable</Nullable>",
            "    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>",
            "    <UseAppHost>false</UseAppHost>",
            "    <EnableNETAnalyzers>false</EnableNETAnalyzers>",
            "    <NuGetAudit>false</NuGetAudit>",
            "    <!-- A folder inside of another project has nothing to do with it. -->",
            "    <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>",
            "    <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>",
            "    <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>",
            "  </PropertyGroup>",
            "  <ItemGroup>",
            .. LabAssemblies.OfTool.Select(
                f => $"    <Reference Include=\"{Path.GetFileNameWithoutExtension(f)}\" HintPath=\"{SecurityElement.Escape(f)}\" />"),
            "  </ItemGroup>",
            "</Project>",
            "",
        ]);
}
