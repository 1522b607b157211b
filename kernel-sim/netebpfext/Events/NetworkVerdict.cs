using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>The outcome of an event, with its details.</summary>
/// <param name="Action">The outcome.</param>
/// <param name="Programs">Number of programs that ran.</param>
/// <param name="ProgramResult">The return value of the last one.</param>
/// <param name="Status">Success, or why a program could not be run; <paramref name="Action"/> is then the hook's default.</param>
public readonly record struct NetworkVerdict(
    NetworkAction Action, int Programs = 0, uint ProgramResult = 0, EbpfResult Status = EbpfResult.Success)
{
    /// <summary>
    /// The target of a redirected connect or bind, in the event's family; otherwise the event's own destination.
    /// </summary>
    public NetworkAddress Address { get; init; }

    /// <summary>The port of the target, in host byte order.</summary>
    public ushort Port { get; init; }
}
