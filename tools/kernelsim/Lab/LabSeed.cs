using System.Security.Cryptography;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Lab;

/// <summary>What may vary in a task, drawn from a seed: the same seed and purpose give the same numbers.</summary>
internal sealed class LabSeed
{
    /// <summary>The seeds of public tests, in addition to the folder's own.</summary>
    public static IReadOnlyList<ulong> Public { get; } = [1, 2, 3];

    private readonly KernelRandom _random;

    /// <summary>Begins to draw.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What for: draws for different purposes are independent of each other.</param>
    public LabSeed(ulong seed, string purpose)
    {
        // FNV-1a: the hash of a string is another in each process.
        const ulong Basis = 0xcbf2_9ce4_8422_2325;
        const ulong Prime = 0x0000_0100_0000_01b3;
        _random = new KernelRandom(purpose.Aggregate(Basis ^ seed, (hash, c) => unchecked((hash ^ c) * Prime)));
    }

    /// <summary>A seed that was not used before.</summary>
    public static ulong Fresh() => (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>Seeds of a graded run: as many as there are public ones.</summary>
    /// <param name="seed">The seed of the run.</param>
    public static IReadOnlyList<ulong> OfRun(ulong seed)
    {
        LabSeed draw = new(seed, "run");
        return [.. Public.Select(_ => (ulong)draw.Number(1_000, int.MaxValue - 1))];
    }

    /// <summary>A number in a range.</summary>
    /// <param name="least">The least that can come.</param>
    /// <param name="most">The greatest that can come.</param>
    public int Number(int least, int most) => least + (int)(_random.NextUInt64() % ((ulong)(most - least) + 1));

    /// <summary>One of several, each as likely as the others.</summary>
    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Number(0, choices.Count - 1)];

    /// <summary>Some of several, in an order of chance.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> choices, int count)
    {
        List<T> left = [.. choices];
        List<T> drawn = [];
        while (drawn.Count < count)
        {
            int at = Number(0, left.Count - 1);
            drawn.Add(left[at]);
            left.RemoveAt(at);
        }

        return drawn;
    }

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)_random.NextUInt64();
        }

        return bytes;
    }
}
