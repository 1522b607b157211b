using System.Buffers.Binary;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>
/// <c>_ebpf_object_load_native</c>: authorises the module's file, starts its driver through a service of its own, and has its maps and
/// programs created. On failure nothing is left.
/// </summary>
/// <param name="path">Path of the module's file.</param>
/// <param name="answer">Gives the room for handles, and receives them; the caller then owns them.</param>
internal readonly struct LoadModuleCall(string path, ModuleContents answer) : ILibraryCall
{
    /// <summary>The prefix of a service's name in the path that the kernel takes: <c>SERVICE_PATH_PREFIX</c>.</summary>
    private const string ServicePathPrefix = @"\Registry\Machine\System\CurrentControlSet\Services\";

    private const ulong ServiceMark = 0x5352_5600;
    private const ulong ModuleMark = 0x4D4F_4400;

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

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

        answer.Counted = (module.CountOfMaps, module.CountOfPrograms);
        if (answer.MapRoom < module.CountOfMaps || answer.ProgramRoom < module.CountOfPrograms)
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

        answer.Module = module.NativeModuleHandle;
        answer.Maps = maps;
        answer.Programs = programs;
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
