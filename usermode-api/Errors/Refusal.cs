using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>Why a call failed: the check that refused it, in the library or in the kernel, and the numbers that it compared.</summary>
/// <param name="Check">The row of the check table.</param>
/// <param name="Given">The number given; null if the check compares no numbers.</param>
/// <param name="Expected">The number expected; null if the check compares no numbers.</param>
/// <param name="Errno">The errno that the call set.</param>
/// <param name="Line">
/// The whole refusal in one line, in libbpf's order: <c>map 'stats': values 8000 bytes given, expected 1000 x 64 = 64000 (pad8(8) x 8 CPUs = 64)
/// [KS1212 api.lookup_batch.values_size] -> EINVAL</c>.
/// </param>
public sealed record Refusal(Check Check, long? Given, long? Expected, Errno Errno, string Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line;
}
