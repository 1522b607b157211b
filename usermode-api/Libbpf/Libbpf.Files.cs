using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

// Files of programs, as ebpf_api.h has them.
public sealed partial class Libbpf
{
    /// <summary>Lists the programs in a file without opening it as an object: <c>ebpf_enumerate_programs</c>.</summary>
    /// <param name="file">Path of a native module's file (.sys, .dll).</param>
    /// <param name="verbose">Ignored: a native module has no statistics of its bytecode.</param>
    /// <param name="infos">The programs, in the file's order; empty on failure.</param>
    /// <param name="error_message">The reason for a failure; otherwise null.</param>
    /// <returns>Success; INVALID_OBJECT for a missing file; INVALID_ARGUMENT for one that is not a module; FAILED for files of bytecode.</returns>
    public EbpfResult ebpf_enumerate_programs(
        string file, bool verbose, out IReadOnlyList<ebpf_api_program_info> infos, out string? error_message)
    {
        ArgumentNullException.ThrowIfNull(file);
        _ = verbose;
        ModuleContents contents = new();
        EbpfResult result = Result(new ReadModuleCall(file, contents), out _);
        infos = result == EbpfResult.Success ? [.. contents.File!.Programs.Select(InfoOf)] : [];
        error_message = result == EbpfResult.Success ? null : LastRefusal?.Line ?? ResultConversions.NameOf(result);
        return result == EbpfResult.OperationNotSupported ? EbpfResult.Failed : result;
    }

    /// <summary>Loads a native module without an object: <c>ebpf_object_load_native_by_fds</c>.</summary>
    /// <param name="file_name">Path of a native module's file (.sys, .dll).</param>
    /// <param name="count_of_maps">In: room for maps' descriptors. Out: number of maps in the module; unchanged if it was not loaded.</param>
    /// <param name="map_fds">At least that long; receives descriptors in the file's order, which the caller owns.</param>
    /// <param name="count_of_programs">Like <paramref name="count_of_maps"/>, for programs.</param>
    /// <param name="program_fds">Like <paramref name="map_fds"/>, for programs.</param>
    /// <returns>Success; NO_MEMORY if there is too little room, and nothing is loaded; otherwise see <see cref="bpf_object__load"/>.</returns>
    public EbpfResult ebpf_object_load_native_by_fds(
        string file_name, ref ulong count_of_maps, Span<int> map_fds, ref ulong count_of_programs, Span<int> program_fds)
    {
        ArgumentNullException.ThrowIfNull(file_name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count_of_maps, (ulong)map_fds.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count_of_programs, (ulong)program_fds.Length);
        ModuleContents contents = new() { MapRoom = count_of_maps, ProgramRoom = count_of_programs };
        EbpfResult result = Result(new LoadModuleCall(file_name, contents), out _);
        if (contents.Counted is { } counted)
        {
            (count_of_maps, count_of_programs) = counted;
        }

        if (result != EbpfResult.Success)
        {
            return result;
        }

        // The module stays loaded through its programs and maps.
        Result(new CloseHandleCall(contents.Module), out _);
        bool complete = OpenAll(contents.Maps, map_fds) & OpenAll(contents.Programs, program_fds);
        if (complete)
        {
            return EbpfResult.Success;
        }

        DropAll(map_fds[..contents.Maps.Length]);
        DropAll(program_fds[..contents.Programs.Length]);
        return EbpfResult.NoMemory;
    }

    /// <summary>The execution type of an object's programs: <c>ebpf_object_get_execution_type</c>.</summary>
    /// <param name="object">An open object.</param>
    /// <returns>Native, as for all objects of this build.</returns>
    public static EbpfExecutionType ebpf_object_get_execution_type(bpf_object @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        return EbpfExecutionType.Native;
    }

    /// <summary>Sets the execution type of an object's programs: <c>ebpf_object_set_execution_type</c>.</summary>
    /// <param name="object">An open object.</param>
    /// <param name="execution_type">Native, or any.</param>
    /// <returns>Success; INVALID_ARGUMENT for the types of bytecode and for an invalid number.</returns>
    public static EbpfResult ebpf_object_set_execution_type(bpf_object @object, EbpfExecutionType execution_type)
    {
        ArgumentNullException.ThrowIfNull(@object);
        return execution_type is EbpfExecutionType.Any or EbpfExecutionType.Native ? EbpfResult.Success : EbpfResult.InvalidArgument;
    }

    /// <summary>Attaches a program of an object: <c>ebpf_program_attach</c>.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="attach_type">GUID of the attach type; null for the expected one.</param>
    /// <param name="attach_parameters">Address of attach data; NULL for none.</param>
    /// <param name="attach_params_size">Size of the attach data in bytes.</param>
    /// <param name="link">The link; null on failure.</param>
    /// <returns>
    /// Success; INVALID_ARGUMENT without an attach type; INVALID_OBJECT before the object is loaded; EXTENSION_FAILED_TO_LOAD if there is no hook of
    /// that type, or it refuses the program or the data.
    /// </returns>
    public EbpfResult ebpf_program_attach(
        bpf_program program, Guid? attach_type, ulong attach_parameters, uint attach_params_size, out bpf_link? link)
    {
        AttachData data = new(attach_parameters, attach_params_size);
        return Attach(Checked(program), attach_type ?? program.AttachType, data, nameof(ebpf_program_attach), out link);
    }

    private static ebpf_api_program_info InfoOf(NativeProgramEntry entry) =>
        new(entry.Section, entry.Name ?? "", entry.ProgramType, entry.AttachType, Convert.FromBase64String(entry.Code));

    private bool OpenAll(NtHandle[] handles, Span<int> descriptors)
    {
        bool complete = true;
        for (int i = 0; i < handles.Length; i++)
        {
            complete &= TryOpen(handles[i], out descriptors[i]);
        }

        return complete;
    }

    private void DropAll(Span<int> descriptors)
    {
        foreach (ref int descriptor in descriptors)
        {
            descriptor = Drop(descriptor);
        }
    }
}
