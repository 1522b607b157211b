using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>How an event ended.</summary>
/// <param name="Action">What becomes of it.</param>
/// <param name="Programs">Programs that ran.</param>
/// <param name="ProgramResult">What the last of them returned.</param>
/// <param name="Status">Success, or why a program could not be run; then <paramref name="Action"/> is what the hook does about it.</param>
public readonly record struct NetworkVerdict(
    NetworkAction Action, int Programs = 0, uint ProgramResult = 0, EbpfResult Status = EbpfResult.Success)
{
    /// <summary>
    /// Where a redirected connect or bind goes, of the event's family; else the event's own destination.
    /// </summary>
    public NetworkAddress Address { get; init; }

    /// <summary>The port there, in host byte order.</summary>
    public ushort Port { get; init; }
}
