using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 39: authorises a module whose file has this hash to attach, for a limited time. The dispatcher has checked the privilege.
/// </summary>
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
