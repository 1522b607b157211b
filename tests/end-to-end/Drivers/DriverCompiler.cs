using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace KernelSim.EndToEnd.Tests.Drivers;

/// <summary>Compiles drivers as a project outside the repository would, into files.</summary>
internal static class DriverCompiler
{
    private const string Usings =
        """
        using System;
        using System.Reflection;
        using System.Runtime.CompilerServices;
        using KernelSim.EbpfCore.Native;
        using KernelSim.EbpfCore.Programs;
        using KernelSim.Nt;
        using KernelSim.Nt.Io;
        using KernelSim.Nt.Ke;
        using KernelSim.Nt.Mm;
        using KernelSim.Protocol;
        using KernelSim.Protocol.Checks;

        """;

    private const string Succeed = "current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0); return NtStatus.Success;";

    private static readonly MetadataReference[] s_platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>Source of a driver with a device of its name.</summary>
    /// <param name="name">Name of driver, class and device.</param>
    /// <param name="control">Body of its dispatch routine for control requests.</param>
    /// <param name="entry">First statements of DriverEntry.</param>
    /// <param name="unload">First statements of the unload routine.</param>
    /// <param name="members">Further members.</param>
    public static string Driver(string name, string control = Succeed, string entry = "", string unload = "", string members = "") =>
        $$"""
        public sealed unsafe class {{name}} : IDriver
        {
            {{members}}

            public string Name => "{{name}}";

            public NtStatus DriverEntry(KeThread current, DriverObject driver)
            {
                IoManager io = driver.Machine.Io;
                {{entry}}
                NtStatus status = io.CreateDevice(driver, @"\Device\{{name}}", out DeviceObject device);
                if (!status.IsSuccess)
                {
                    return status;
                }

                io.CreateSymbolicLink(@"\GLOBAL??\{{name}}", @"\Device\{{name}}");
                driver.SetMajorFunction(IrpMajorFunction.DeviceControl, Control);
                driver.Unload = unloading =>
                {
                    {{unload}}
                    io.DeleteSymbolicLink(@"\GLOBAL??\{{name}}");
                    io.DeleteDevice(device);
                };
                return NtStatus.Success;
            }

            private static NtStatus Control(KeThread current, DeviceObject device, Irp irp)
            {
                {{control}}
            }
        }
        """;

    /// <summary>Compiles an assembly.</summary>
    /// <param name="folder">Where its file goes.</param>
    /// <param name="name">Name of the assembly, and of its file without the ending.</param>
    /// <param name="source">Its source.</param>
    /// <param name="references">Assemblies to reference in addition to the tool's, or in place of those of the same name.</param>
    /// <param name="metadataOnly">Whether to leave out the code.</param>
    /// <returns>The path of the file.</returns>
    public static string Compile(TempFolder folder, string name, string source, string[]? references = null, bool metadataOnly = false)
    {
        HashSet<string> replaced = [.. (references ?? []).Select(r => Path.GetFileName(r))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + source, path: $"{name}.cs", encoding: System.Text.Encoding.UTF8)],
            s_platform
                .Where(r => !replaced.Contains(Path.GetFileName(r.Display!)))
                .Concat((references ?? []).Select(r => MetadataReference.CreateFromFile(r))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        string path = Path.Combine(folder.Path, name + ".dll");
        using FileStream file = File.Create(path);
        using FileStream? symbols = metadataOnly ? null : File.Create(Path.ChangeExtension(path, ".pdb"));
        EmitResult result = compilation.Emit(
            file,
            symbols,
            options: new EmitOptions(metadataOnly, debugInformationFormat: DebugInformationFormat.PortablePdb, includePrivateMembers: !metadataOnly));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return path;
    }
}
