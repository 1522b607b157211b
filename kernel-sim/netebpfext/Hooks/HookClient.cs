using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Nmr;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>An attached link, from the hook's view: <c>net_ebpf_extension_hook_client_t</c>.</summary>
/// <param name="Binding">The binding of the hook's client.</param>
/// <param name="Dispatch">Runs the link's program.</param>
internal sealed record HookClient(NmrBinding Binding, IHookDispatch Dispatch);
