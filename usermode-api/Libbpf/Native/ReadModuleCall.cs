using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Modules;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Lists the programs in a file without opening it as an object: <c>ebpf_enumerate_programs</c>.</summary>
    /// <param name="file">See <see cref="bpf_object__open"/>.</param>
    /// <param name="verbose">Ignored: there are no statistics of the bytecode.</param>
    /// <param name="infos">The programs, in the file's order; empty on failure.</param>
    /// <param name="error_message">The reason for a failure; otherwise null.</param>
    /// <returns>
    /// Success; INVALID_OBJECT for a missing module; INVALID_ARGUMENT for one that is none; FAILED for an object file that is missing or that cannot
    /// be read.
    /// </returns>
    public EbpfResult ebpf_enumerate_programs(
        string file, bool verbose, out IReadOnlyList<ebpf_api_program_info> infos, out string? error_message)
    {
        ArgumentNullException.ThrowIfNull(file);
        _ = verbose;
        bool isNative = ReadModuleCall.IsNative(file);
        NativeModuleFile? contents = null;
        ReadObjectCall read = new(file);
        EbpfResult result = isNative ? ReadModule(file, out contents) : Result(ref read);
        IEnumerable<NativeProgramEntry> programs = contents?.Programs ?? read.File?.Programs.Select(bpf_program.EntryOf) ?? [];
        infos = [.. programs.Select(InfoOf)];
        error_message = result == EbpfResult.Success ? null : LastRefusal?.Line ?? ResultConversions.NameOf(result);
        return result == EbpfResult.Success || isNative ? result : EbpfResult.Failed;
    }

    private EbpfResult ReadModule(string path, out NativeModuleFile? file, [CallerMemberName] string function = "")
    {
        ReadModuleCall call = new(path);
        EbpfResult result = Result(ref call, function);
        file = result == EbpfResult.Success ? call.File : null;
        return result;
    }

    private static ebpf_api_program_info InfoOf(NativeProgramEntry entry) =>
        new(entry.Section, entry.Name ?? "", entry.ProgramType, entry.AttachType, Convert.FromBase64String(entry.Code));
}

/// <summary><c>ebpf_object_open</c> of a native module: reads and parses its file.</summary>
/// <param name="path">Path of the file.</param>
internal struct ReadModuleCall(string path) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>The contents of the file, on success.</summary>
    public NativeModuleFile? File { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!IsNative(path))
        {
            return call.Refuse(CheckTable.ApiObjectNative, $"'{path}' given");
        }

        NtStatus status = ModuleMessages.ReadFile(call.Channel, path, out byte[] bytes);
        if (!status.IsSuccess)
        {
            return call.Refuse(CheckTable.ApiObjectFile, $"{status.Name} for '{path}'");
        }

        File = NativeModuleFile.TryParse(bytes);
        return File is not null ? EbpfResult.Success : call.Refuse(CheckTable.ApiObjectContents, $"{bytes.Length} bytes of '{path}' given");
    }

    /// <summary>Whether the file name is a driver's or library's: <c>Platform::_is_native_program</c>.</summary>
    public static bool IsNative(string path) =>
        path.EndsWith(".sys", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A program in a file: <c>ebpf_api_program_info_t</c>. Lists of them are .NET lists, so nothing has to be freed.</summary>
/// <param name="section_name">The section that it was compiled from.</param>
/// <param name="program_name">Name of the program.</param>
/// <param name="program_type">GUID of its type.</param>
/// <param name="expected_attach_type">GUID of the expected attach type.</param>
/// <param name="raw_data">The program's code.</param>
public sealed record ebpf_api_program_info(
    string section_name, string program_name, Guid program_type, Guid expected_attach_type, ReadOnlyMemory<byte> raw_data);
