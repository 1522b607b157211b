namespace KernelSim.Tool.Predict.Questions;

/// <summary>A question about something that can be run, so that running it gives the answer.</summary>
/// <param name="Asked">What is asked, in a sentence or two.</param>
/// <param name="Form">How its answer is written.</param>
internal abstract record Question(string Asked, AnswerForm Form)
{
    /// <summary>What there is to read before what is asked, in a sentence.</summary>
    public abstract string Setting { get; }

    /// <summary>What is run, line by line.</summary>
    public abstract IReadOnlyList<string> Listing { get; }

    /// <summary>The answers to choose from, to be numbered from 1; empty where the answer is free.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How the answer is written, as a sentence.</summary>
    public string Request => $"Answer with {Form.Expected}.";

    /// <summary>All of it as text, a paragraph or a line of the listing on each line.</summary>
    public string Text => string.Join('\n', [Setting, .. Listing, Asked, .. Choices.Select((c, i) => $"{i + 1}. {c}"), Request]);

    /// <summary>Runs it.</summary>
    /// <param name="explains">Whether the answer is to be explained, which may take a recording of the run.</param>
    public abstract Solution Solve(bool explains);
}
