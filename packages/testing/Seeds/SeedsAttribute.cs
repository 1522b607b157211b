using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace KernelSim.Testing;

/// <summary>
/// Runs a theory once for each of a row of seeds. Its only parameter is the seed, a <see cref="ulong"/>; the machine of a <see cref="KernelTest"/>
/// boots with it.
/// </summary>
/// <remarks>
/// The name of the test shows the seed. The environment variable <c>KERNELSIM_SEED</c> repeats one (<c>KERNELSIM_SEED=17</c>) or tries
/// others (<c>KERNELSIM_SEED=1000-1999</c>).
/// </remarks>
/// <example>
/// <code>
/// [Theory, Seeds(20)]
/// public void Counts_add_up(ulong seed) { }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SeedsAttribute : DataAttribute
{
    /// <summary>Names the seeds.</summary>
    /// <param name="count">How many seeds, 1 to 100,000.</param>
    /// <param name="first">The first; the others follow it.</param>
    public SeedsAttribute(int count, ulong first = 1)
    {
        Count = count;
        First = first;
    }

    /// <summary>How many seeds.</summary>
    public int Count { get; }

    /// <summary>The first seed.</summary>
    public ulong First { get; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        if (testMethod.GetParameters() is not [{ ParameterType: var type }] || type != typeof(ulong))
        {
            throw new ArgumentException(
                $"{testMethod.DeclaringType?.Name}.{testMethod.Name} has [Seeds], expected one parameter of type ulong: the seed.",
                nameof(testMethod));
        }

        if (Count is < 1 or > SeedChoice.MostSeeds)
        {
            throw new ArgumentException($"{Count} seeds given, expected 1 to {SeedChoice.MostSeeds}.", nameof(testMethod));
        }

        (ulong first, ulong last) = SeedChoice.OfEnvironment ?? (First, First + (ulong)Count - 1);
        List<ITheoryDataRow> rows = [];
        for (ulong i = 0; i <= last - first; i++)
        {
            rows.Add(ConvertDataRow(new TheoryDataRow<ulong>(first + i)));
        }

        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <summary>The seed that a running test was given; null if it has none.</summary>
    internal static ulong? OfCurrentTest() =>
        TestContext.Current.Test is IXunitTest { TestMethodArguments: [ulong seed] } test && test.TestMethod.Method.IsDefined(typeof(SeedsAttribute))
            ? seed
            : null;
}
