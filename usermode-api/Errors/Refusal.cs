using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>Why a call failed: the check that refused it, here or in the kernel, and what it compared.</summary>
/// <param name="Check">The check.</param>
/// <param name="Given">What came, or null where the check compares no numbers.</param>
/// <param name="Expected">What should have come, likewise.</param>
/// <param name="Errno">What the call set errno to.</param>
/// <param name="Line">
/// All of it in one line, in libbpf's order: <c>map 'stats': values 8000 bytes given, expected 1000 x 64 = 64000 (pad8(8) x 8 CPUs = 64)
/// [KS1212 api.lookup_batch.values_size] -> EINVAL</c>.
/// </param>
public sealed record Refusal(Check Check, long? Given, long? Expected, Errno Errno, string Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line;
}
