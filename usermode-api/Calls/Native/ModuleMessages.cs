using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Calls.Native;

/// <summary>The messages about native modules, and the library's requests to the system for loading one.</summary>
internal static class ModuleMessages
{
    private const string NameSite = "library:module.name";
    private const string FileSite = "library:module.file";

    /// <summary>Reads a driver's file into the library's memory.</summary>
    public static NtStatus ReadFile(ApiCall call, string path, out byte[] bytes)
    {
        bytes = [];
        UserRange name = PutText(call, path);
        NtStatus status = call.Library.Gate.ReadImage(call.RequestId, name, UserRange.Null, out uint length);
        if (status.IsSuccess)
        {
            UserRange buffer = new(call.Memory.Allocate(length), length);
            status = call.Library.Gate.ReadImage(call.RequestId, name, buffer, out _);
            bytes = call.Memory.Access(buffer.Address, length, MemoryAccess.Read, FileSite).ToArray();
            call.Memory.Free(buffer.Address);
        }

        call.Memory.Free(name.Address);
        return status;
    }

    /// <summary>
    /// Operation 39: authorises a module with this file's hash. On a real machine the library asks the eBPF service to do that, which also
    /// checks the file's signature; here the library stands for both.
    /// </summary>
    public static EbpfResult Authorize(ApiCall call, Guid moduleId, ReadOnlySpan<byte> file)
    {
        ref AuthorizeNativeModuleRequest request = ref call.Channel.Begin<AuthorizeNativeModuleRequest>(
            EbpfOperationId.AuthorizeNativeModule, 0, out _);
        request.ModuleId = moduleId;
        SHA256.HashData(file, request.ModuleHash);
        return call.Send();
    }

    /// <summary>Creates the service that starts the module's driver.</summary>
    public static NtStatus CreateService(ApiCall call, string service, string path, Guid moduleId)
    {
        UserRange name = PutText(call, service);
        UserRange image = PutText(call, path);
        NtStatus status = call.Library.Gate.CreateService(call.RequestId, name, image, moduleId);
        call.Memory.Free(name.Address);
        call.Memory.Free(image.Address);
        return status;
    }

    /// <summary>Deletes the service; the driver stays loaded for as long as the module is in use.</summary>
    public static void DeleteService(ApiCall call, string service)
    {
        UserRange name = PutText(call, service);
        call.Library.Gate.DeleteService(call.RequestId, name);
        call.Memory.Free(name.Address);
    }

    /// <summary>Operation 31: starts the module's driver and opens the module.</summary>
    public static EbpfResult LoadModule(ApiCall call, string servicePath, Guid moduleId, out LoadNativeModuleReply reply)
    {
        reply = default;
        ReadOnlySpan<byte> name = MemoryMarshal.AsBytes(servicePath.AsSpan());
        if (!call.RequireMessageLength(LoadNativeModuleRequest.TailOffset, (uint)name.Length))
        {
            return call.Refused;
        }

        ref LoadNativeModuleRequest request = ref call.Channel.Begin<LoadNativeModuleRequest>(
            EbpfOperationId.LoadNativeModule, name.Length, out Span<byte> tail);
        request.ModuleId = moduleId;
        name.CopyTo(tail);
        EbpfResult result = call.Send(Unsafe.SizeOf<LoadNativeModuleReply>());
        if (result == EbpfResult.Success)
        {
            reply = call.Channel.Reply<LoadNativeModuleReply>(out _);
        }

        return result;
    }

    /// <summary>Operation 32: creates the module's maps and programs.</summary>
    public static EbpfResult LoadPrograms(ApiCall call, Guid moduleId, int maps, int programs, out NtHandle[] mapHandles, out NtHandle[] programHandles)
    {
        mapHandles = [];
        programHandles = [];
        call.Channel.Begin<LoadNativeProgramsRequest>(EbpfOperationId.LoadNativePrograms, 0, out _).ModuleId = moduleId;
        int handleBytes = (maps + programs) * Unsafe.SizeOf<NtHandle>();
        EbpfResult result = call.Send(LoadNativeProgramsReply.TailOffset + handleBytes, isFixed: false);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ref readonly LoadNativeProgramsReply reply = ref call.Channel.Reply<LoadNativeProgramsReply>(out ReadOnlySpan<byte> tail);
        if (reply.MapHandleCount != (ulong)maps || reply.ProgramHandleCount != (ulong)programs || tail.Length < handleBytes)
        {
            return EbpfResult.Failed;
        }

        ReadOnlySpan<NtHandle> handles = MemoryMarshal.Cast<byte, NtHandle>(tail[..handleBytes]);
        mapHandles = handles[..maps].ToArray();
        programHandles = handles[maps..].ToArray();
        return EbpfResult.Success;
    }

    private static UserRange PutText(ApiCall call, string text)
    {
        uint length = (uint)Encoding.Unicode.GetByteCount(text);
        UserRange range = new(call.Memory.Allocate(length), length);
        Encoding.Unicode.GetBytes(text, call.Memory.Access(range.Address, length, MemoryAccess.Write, NameSite));
        return range;
    }
}
