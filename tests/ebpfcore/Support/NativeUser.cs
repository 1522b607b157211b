using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>The requests about native modules, written by hand.</summary>
internal static class NativeUser
{
    public static Answer Authorize(this EbpfUser user, Guid module, ReadOnlySpan<byte> file)
    {
        AuthorizeNativeModuleRequest request = new() { ModuleId = module };
        SHA256.HashData(file, request.ModuleHash);
        return user.Send(EbpfOperationId.AuthorizeNativeModule, request);
    }

    public static Answer LoadModule(this EbpfUser user, string service, Guid module) =>
        user.Send(
            EbpfOperationId.LoadNativeModule,
            new LoadNativeModuleRequest { ModuleId = module },
            MemoryMarshal.AsBytes(service.AsSpan()),
            32);

    public static Answer LoadPrograms(this EbpfUser user, Guid module, int handles) =>
        user.Send(EbpfOperationId.LoadNativePrograms, new LoadNativeProgramsRequest { ModuleId = module }, replyBytes: 24 + (8 * handles));

    /// <summary>The handles in a reply to loading programs, maps first.</summary>
    public static NtHandle[] Handles(this Answer answer) => MemoryMarshal.Cast<byte, NtHandle>(answer.Bytes.AsSpan(24)).ToArray();

    /// <summary>Installs an image, and makes a service of it that is named as its module id.</summary>
    public static string NewService(this EbpfMachine machine, DriverImage image, Guid module)
    {
        machine.Machine.Images.Install(image);
        string name = module.ToString();
        Assert.Equal(NtStatus.Success, machine.Machine.Services.Create(name, image.Path, module));
        return name;
    }

    /// <summary>A module that is loaded but for its programs; its handle.</summary>
    public static NtHandle NewModule(this EbpfMachine machine, DriverImage image, Guid module)
    {
        string service = machine.NewService(image, module);
        machine.User.Authorize(module, image.Contents.Span).Expect(EbpfResult.Success);
        return machine.User.LoadModule(service, module).Expect(EbpfResult.Success).As<LoadNativeModuleReply>().NativeModuleHandle;
    }
}
