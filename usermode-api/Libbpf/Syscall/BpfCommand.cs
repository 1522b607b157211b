using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>A command of the <c>bpf</c> call: one row of <see cref="BpfCommands"/>.</summary>
/// <param name="Id">Number of the command.</param>
/// <param name="Size">Size in bytes of the structure that it takes.</param>
/// <param name="Run">Executes the command, with the address of the whole structure.</param>
internal sealed record BpfCommand(BpfCmdId Id, uint Size, Func<ApiCall, ulong, EbpfResult> Run);
