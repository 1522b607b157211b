using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

/// <summary>
/// A file of programs and maps as C code holds it: <c>struct bpf_object</c>. Opening reads the file; loading creates its maps and programs,
/// whose descriptors it owns until <see cref="Libbpf.bpf_object__close"/>. Its contents are private to the library.
/// </summary>
public sealed class bpf_object
{
    internal bpf_object(string path, string name, string pinRoot, NativeModuleFile file)
    {
        Path = path;
        Name = name;
        Maps = [.. file.Maps.Select(entry => new bpf_map(this, entry, pinRoot))];
        Programs = [.. file.Programs.Select(entry => new bpf_program(this, entry))];
        Execution = EbpfExecutionType.Native;
    }

    internal bpf_object(string path, string name, string pinRoot, BpfObjectFile file)
    {
        Path = path;
        Name = name;
        File = file;
        Maps = [.. file.Maps.Select(map => new bpf_map(this, map, pinRoot))];
        Programs = [.. file.Programs.Select(program => new bpf_program(this, program))];
    }

    /// <summary>The object file; null for a native module.</summary>
    internal BpfObjectFile? File { get; }

    /// <summary>How its programs are to run.</summary>
    internal EbpfExecutionType Execution { get; set; }

    internal string Path { get; }

    internal string Name { get; }

    internal IReadOnlyList<bpf_map> Maps { get; }

    internal IReadOnlyList<bpf_program> Programs { get; }

    internal bool IsLoaded { get; set; }

    /// <summary>The module's handle: it keeps the module's driver loaded.</summary>
    internal NtHandle Module { get; set; } = NtHandle.Invalid;
}
