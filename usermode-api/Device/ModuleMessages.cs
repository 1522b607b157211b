using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>The messages about native modules, and the library's requests to the system for loading one.</summary>
internal static class ModuleMessages
{
    private const string NameSite = "library:module.name";
    private const string FileSite = "library:module.file";

    /// <summary>Reads a driver's file into the library's memory.</summary>
    public static NtStatus ReadFile(DeviceChannel channel, string path, out byte[] bytes)
    {
        bytes = [];
        UserRange name = UnicodeText.Allocate(channel.Gate.Memory, path, NameSite);
        NtStatus status = channel.Gate.ReadImage(channel.RequestId, name, UserRange.Null, out uint length);
        if (status.IsSuccess)
        {
            UserRange buffer = new(channel.Gate.Memory.Allocate(length), length);
            status = channel.Gate.ReadImage(channel.RequestId, name, buffer, out _);
            bytes = channel.Gate.Memory.Access(buffer.Address, length, MemoryAccess.Read, FileSite).ToArray();
            channel.Gate.Memory.Free(buffer.Address);
        }

        channel.Gate.Memory.Free(name.Address);
        return status;
    }

    /// <summary>
    /// Operation 39: authorises a module with this file's hash. On a real machine the library asks the eBPF service to do that, which also
    /// checks the file's signature; here the library stands for both.
    /// </summary>
    public static EbpfResult Authorize(DeviceChannel channel, Guid moduleId, ReadOnlySpan<byte> file)
    {
        ref AuthorizeNativeModuleRequest request = ref channel.Begin<AuthorizeNativeModuleRequest>(
            EbpfOperationId.AuthorizeNativeModule, 0, out _);
        request.ModuleId = moduleId;
        SHA256.HashData(file, request.ModuleHash);
        return channel.Send();
    }

    /// <summary>Creates the service that starts the module's driver.</summary>
    public static NtStatus CreateService(DeviceChannel channel, string service, string path, Guid moduleId)
    {
        UserRange name = UnicodeText.Allocate(channel.Gate.Memory, service, NameSite);
        UserRange image = UnicodeText.Allocate(channel.Gate.Memory, path, NameSite);
        NtStatus status = channel.Gate.CreateService(channel.RequestId, name, image, moduleId);
        channel.Gate.Memory.Free(name.Address);
        channel.Gate.Memory.Free(image.Address);
        return status;
    }

    /// <summary>Deletes the service; the driver stays loaded for as long as the module is in use.</summary>
    public static void DeleteService(DeviceChannel channel, string service)
    {
        UserRange name = UnicodeText.Allocate(channel.Gate.Memory, service, NameSite);
        channel.Gate.DeleteService(channel.RequestId, name);
        channel.Gate.Memory.Free(name.Address);
    }

    /// <summary>Operation 31: starts the module's driver and opens the module.</summary>
    public static EbpfResult LoadModule(DeviceChannel channel, string servicePath, Guid moduleId, out LoadNativeModuleReply reply)
    {
        reply = default;
        ReadOnlySpan<byte> name = MemoryMarshal.AsBytes(servicePath.AsSpan());
        ref LoadNativeModuleRequest request = ref channel.Begin<LoadNativeModuleRequest>(
            EbpfOperationId.LoadNativeModule, name.Length, out Span<byte> tail);
        request.ModuleId = moduleId;
        name.CopyTo(tail);
        EbpfResult result = channel.Send(Unsafe.SizeOf<LoadNativeModuleReply>());
        if (result == EbpfResult.Success)
        {
            reply = channel.Reply<LoadNativeModuleReply>(out _);
        }

        return result;
    }

    /// <summary>Operation 32: creates the module's maps and programs.</summary>
    public static EbpfResult LoadPrograms(
        DeviceChannel channel, Guid moduleId, int maps, int programs, out NtHandle[] mapHandles, out NtHandle[] programHandles)
    {
        mapHandles = [];
        programHandles = [];
        channel.Begin<LoadNativeProgramsRequest>(EbpfOperationId.LoadNativePrograms, 0, out _).ModuleId = moduleId;
        int handleBytes = (maps + programs) * Unsafe.SizeOf<NtHandle>();
        EbpfResult result = channel.Send(LoadNativeProgramsReply.TailOffset + handleBytes, isFixed: false);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ref readonly LoadNativeProgramsReply reply = ref channel.Reply<LoadNativeProgramsReply>(out ReadOnlySpan<byte> tail);
        if (reply.MapHandleCount != (ulong)maps || reply.ProgramHandleCount != (ulong)programs || tail.Length < handleBytes)
        {
            return EbpfResult.Failed;
        }

        ReadOnlySpan<NtHandle> handles = MemoryMarshal.Cast<byte, NtHandle>(tail[..handleBytes]);
        mapHandles = handles[..maps].ToArray();
        programHandles = handles[maps..].ToArray();
        return EbpfResult.Success;
    }
}
