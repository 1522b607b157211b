using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ob;

/// <summary>A handle that was open when it was looked at, for leak reports and debuggers.</summary>
/// <param name="Handle">Its number.</param>
/// <param name="Object">What it stands for, without a reference: it may have been destroyed meanwhile.</param>
public sealed record OpenHandle(NtHandle Handle, ObObject Object);
