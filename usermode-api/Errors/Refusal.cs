using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>Why a call failed: the check that refused it, in the library or in the kernel, and the numbers that it compared.</summary>
/// <param name="Check">The row of the check table.</param>
/// <param name="Given">The number given; null if the check compares no numbers.</param>
/// <param name="Expected">The number expected; null if the check compares no numbers.</param>
/// <param name="Result">The result that the call ended with.</param>
/// <param name="Line">
/// The whole refusal in one line, in libbpf's order: <c>map 'stats': values 8000 bytes given, expected 1000 x 64 = 64000 (pad8(8) x 8 CPUs = 64)
/// [KS1212 api.lookup_batch.values_size] -> EINVAL</c>.
/// </param>
public sealed record Refusal(Check Check, long? Given, long? Expected, EbpfResult Result, string Line)
{
    /// <summary>The errno that the call set: what <see cref="Result"/> shows as.</summary>
    public Errno Errno => ResultConversions.ToErrno(Result);

    /// <summary>True if this check refused: <c>refusal.Is(CheckTable.MapCreateMaxEntries)</c>.</summary>
    public bool Is(Check check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return Check.Number == check.Number;
    }

    /// <summary>True if the check with this id or code refused: <c>refusal.Is("map.create.max_entries")</c>, <c>refusal.Is("KS4105")</c>.</summary>
    /// <remarks>In an exception filter (<c>when</c>) the runtime takes an exception as false: name a row of <see cref="CheckTable"/> there.</remarks>
    /// <exception cref="ArgumentException">The check table has no such check.</exception>
    public bool Is(string check) => Is(CheckNames.Find(check));

    /// <summary>True if the call ended with this result, which tells results apart that share an errno.</summary>
    public bool Is(EbpfResult result) => Result == result;

    /// <inheritdoc/>
    public override string ToString() => Line;
}
