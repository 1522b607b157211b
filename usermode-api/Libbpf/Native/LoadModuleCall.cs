using System.Buffers.Binary;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
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
        LoadModuleCall contents = new(file_name, count_of_maps, count_of_programs);
        EbpfResult result = Result(ref contents);
        if (contents.Counted is { } counted)
        {
            (count_of_maps, count_of_programs) = counted;
        }

        if (result != EbpfResult.Success)
        {
            return result;
        }

        // The module stays loaded through its programs and maps.
        CloseHandle(contents.Module);
        bool complete = OpenAll(contents.Maps, map_fds) & OpenAll(contents.Programs, program_fds);
        if (complete)
        {
            return EbpfResult.Success;
        }

        DropAll(map_fds[..contents.Maps.Length]);
        DropAll(program_fds[..contents.Programs.Length]);
        return EbpfResult.NoMemory;
    }

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

/// <summary>
/// <c>_ebpf_object_load_native</c>: authorises the module's file, starts its driver through a service of its own, and has its maps and
/// programs created. On failure nothing is left.
/// </summary>
/// <param name="path">Path of the module's file.</param>
/// <param name="mapRoom">Maximum number of maps that there is room for.</param>
/// <param name="programRoom">Maximum number of programs that there is room for.</param>
internal struct LoadModuleCall(string path, ulong mapRoom = ulong.MaxValue, ulong programRoom = ulong.MaxValue) : ILibraryCall
{
    /// <summary>The prefix of a service's name in the path that the kernel takes: <c>SERVICE_PATH_PREFIX</c>.</summary>
    private const string ServicePathPrefix = @"\Registry\Machine\System\CurrentControlSet\Services\";

    private const ulong ServiceMark = 0x5352_5600;
    private const ulong ModuleMark = 0x4D4F_4400;

    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>Number of maps and programs in the loaded module; null if it was not loaded.</summary>
    public (ulong Maps, ulong Programs)? Counted { get; private set; }

    /// <summary>Handle of the loaded module, on success; the caller then owns it and the handles of its contents.</summary>
    public NtHandle Module { get; private set; } = NtHandle.Invalid;

    /// <summary>Handles of its maps, in the file's order.</summary>
    public NtHandle[] Maps { get; private set; } = [];

    /// <summary>Handles of its programs, in the file's order.</summary>
    public NtHandle[] Programs { get; private set; } = [];

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        NtStatus status = ModuleMessages.ReadFile(call.Channel, path, out byte[] file);
        if (!status.IsSuccess)
        {
            return call.Refuse(CheckTable.ApiObjectFile, $"{status.Name} for '{path}'");
        }

        Guid moduleId = MakeGuid(call, ModuleMark);
        string service = MakeGuid(call, ServiceMark).ToString();
        EbpfResult result = ModuleMessages.Authorize(call.Channel, moduleId, file);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        status = ModuleMessages.CreateService(call.Channel, service, path, moduleId);
        if (!status.IsSuccess)
        {
            return call.Refuse(CheckTable.ApiObjectService, $"{status.Name} from the service control manager given");
        }

        result = Load(call, service, moduleId);
        ModuleMessages.DeleteService(call.Channel, service);
        return result;
    }

    private EbpfResult Load(ApiCall call, string service, Guid moduleId)
    {
        string servicePath = ServicePathPrefix + service;
        if (!call.RequireMessageLength(LoadNativeModuleRequest.TailOffset, (uint)(servicePath.Length * sizeof(char))))
        {
            return call.Refused;
        }

        EbpfResult result = ModuleMessages.LoadModule(call.Channel, servicePath, moduleId, out LoadNativeModuleReply module);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        Counted = (module.CountOfMaps, module.CountOfPrograms);
        if (mapRoom < module.CountOfMaps || programRoom < module.CountOfPrograms)
        {
            call.Library.Gate.NtClose(call.RequestId, module.NativeModuleHandle);
            return EbpfResult.NoMemory;
        }

        result = ModuleMessages.LoadPrograms(
            call.Channel, moduleId, (int)module.CountOfMaps, (int)module.CountOfPrograms, out NtHandle[] maps, out NtHandle[] programs);
        if (result != EbpfResult.Success)
        {
            call.Library.Gate.NtClose(call.RequestId, module.NativeModuleHandle);
            return result;
        }

        Module = module.NativeModuleHandle;
        Maps = maps;
        Programs = programs;
        return EbpfResult.Success;
    }

    /// <summary>
    /// A GUID unique among all calls of this machine, and the same in every run: <c>UuidCreate</c> would use random numbers.
    /// </summary>
    private static Guid MakeGuid(ApiCall call, ulong mark)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, mark);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], call.RequestId);
        return new Guid(bytes, bigEndian: true);
    }
}
