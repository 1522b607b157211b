using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls.Syscall;

/// <summary>A command of the <c>bpf</c> call: one row of <see cref="BpfCommands"/>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Size">Bytes in the structure that it takes.</param>
/// <param name="Run">Does it, with the address of the whole structure.</param>
internal sealed record BpfCommand(BpfCmdId Id, uint Size, Func<ApiCall, ulong, EbpfResult> Run);
