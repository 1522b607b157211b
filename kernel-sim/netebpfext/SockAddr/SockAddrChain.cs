using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>
/// The programs run one after the other for one connect or bind, and their combined result:
/// <c>net_ebpf_extension_hook_invoke_programs</c> with <c>_net_ebpf_extension_sock_addr_process_verdict</c>.
/// </summary>
internal unsafe struct SockAddrChain
{
    private int _programs;
    private uint _lastResult;
    private EbpfResult _status;

    /// <summary>Whether a program that is allowed to has changed the destination.</summary>
    public bool IsRedirected { get; private set; }

    /// <summary>A program's return value as a verdict; an invalid one rejects.</summary>
    public static SockAddrVerdict Normalize(uint result) =>
        result is (uint)SockAddrVerdict.ProceedSoft or (uint)SockAddrVerdict.ProceedHard ? (SockAddrVerdict)result : SockAddrVerdict.Reject;

    /// <summary>The outcome that a verdict stands for.</summary>
    public static NetworkAction ActionOf(SockAddrVerdict verdict) => verdict switch
    {
        SockAddrVerdict.ProceedSoft => NetworkAction.Permit,
        SockAddrVerdict.ProceedHard => NetworkAction.PermitHard,
        _ => NetworkAction.Block,
    };

    /// <summary>
    /// Runs the programs of a filter, oldest first, until one rejects or redirects. A program that cannot be run rejects. The frame keeps the
    /// strictest verdict: reject, then hard, then soft.
    /// </summary>
    /// <param name="section">The section in which to deliver.</param>
    /// <param name="filter">The filter whose programs to run.</param>
    /// <param name="frame">The context, with the strictest verdict so far.</param>
    /// <param name="writes">What happens if they change the destination.</param>
    /// <returns>Whether the next filter should run.</returns>
    public bool Run(ref HookSection section, HookFilter filter, ref SockAddrFrame frame, DestinationWrites writes)
    {
        frame.Original = frame.Context;
        foreach (HookClient client in filter.Clients)
        {
            _programs++;
            fixed (BpfSockAddr* context = &frame.Context)
            {
                _status = section.Run(client, context, out _lastResult);
            }

            SockAddrVerdict verdict = _status == EbpfResult.Success ? Normalize(_lastResult) : SockAddrVerdict.Reject;
            frame.Verdict = Strictest(frame.Verdict, verdict);
            if (writes != DestinationWrites.Ignored && frame.IsRedirected)
            {
                if (writes == DestinationWrites.Redirect)
                {
                    IsRedirected = true;
                    return false;
                }

                frame.Context = frame.Original;
            }

            if (verdict == SockAddrVerdict.Reject)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The outcome of the event.</summary>
    public readonly NetworkVerdict Verdict(SockAddrVerdict strictest) =>
        new(_programs == 0 ? NetworkAction.NotFiltered : ActionOf(strictest), _programs, _lastResult, _status);

    private static SockAddrVerdict Strictest(SockAddrVerdict left, SockAddrVerdict right) =>
        left == SockAddrVerdict.Reject || right == SockAddrVerdict.Reject
            ? SockAddrVerdict.Reject
            : (SockAddrVerdict)Math.Max((int)left, (int)right);
}
