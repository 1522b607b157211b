using KernelSim.EbpfCore.Dispatch;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 39: lets a module attach whose file has this hash, for some time. The dispatcher has asked for privilege.</summary>
internal sealed class AuthorizeNativeModuleHandler() : ProtocolHandler(EbpfOperationId.AuthorizeNativeModule)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        AuthorizeNativeModuleRequest request = call.Read<AuthorizeNativeModuleRequest>();
        call.Core.NativeModules.Authorizations.Add(call.Current, request.ModuleId, request.ModuleHash);
        return EbpfResult.Success;
    }
}
