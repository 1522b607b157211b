namespace KernelSim.Tool.Predict.Questions;

/// <summary>What varies in a question, drawn from a seed: the same seed, topic and attempt give the same draws.</summary>
internal sealed class QuestionDraw
{
    private readonly Random _random;

    /// <summary>Begins to draw.</summary>
    /// <param name="seed">The seed of the question.</param>
    /// <param name="topic">Its topic: topics draw independently of each other.</param>
    /// <param name="attempt">Counts the questions that were drawn before from the same seed and given up.</param>
    public QuestionDraw(ulong seed, string topic, int attempt)
    {
        // FNV-1a: the hash of a string is another in each process.
        const uint Basis = 0x811c_9dc5;
        const uint Prime = 0x0100_0193;
        uint hash = $"{seed} {topic} {attempt}".Aggregate(Basis, (hash, c) => unchecked((hash ^ c) * Prime));
        _random = new Random((int)(hash & int.MaxValue));
    }

    /// <summary>A number in a range.</summary>
    /// <param name="least">The least that can come.</param>
    /// <param name="most">The greatest that can come.</param>
    public int Number(int least, int most) => _random.Next(least, most + 1);

    /// <summary>Different numbers in a range, in an order of chance.</summary>
    /// <param name="count">How many; at most as many as the range has.</param>
    /// <param name="least">The least that can come.</param>
    /// <param name="most">The greatest that can come.</param>
    public int[] Numbers(int count, int least, int most)
    {
        HashSet<int> numbers = [];
        while (numbers.Count < count)
        {
            numbers.Add(Number(least, most));
        }

        return [.. numbers];
    }

    /// <summary>One of several, each as likely as the others.</summary>
    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[Number(0, choices.Count - 1)];

    /// <summary>Some of several, or all, in an order of chance.</summary>
    public T[] Some<T>(IReadOnlyList<T> choices, int count)
    {
        T[] shuffled = [.. choices];
        _random.Shuffle(shuffled);
        return shuffled[..count];
    }

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
