using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Nmr;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>An attached link, as the hook knows it: <c>net_ebpf_extension_hook_client_t</c>.</summary>
/// <param name="Binding">The binding; the hook's client belongs to it.</param>
/// <param name="Dispatch">How to run its program.</param>
internal sealed record HookClient(NmrBinding Binding, IHookDispatch Dispatch);
