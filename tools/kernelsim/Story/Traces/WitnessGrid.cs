using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Story.Traces;

/// <summary>The three witnesses as a table, with the first disagreement highlighted.</summary>
internal static class WitnessGrid
{
    private static readonly GridColumn[] s_columns =
    [
        new(string.Empty), new("stride", IsNumber: true), new("CPUs", IsNumber: true), new("bytes a value", IsNumber: true), new(string.Empty),
        new("by what it did"),
    ];

    /// <summary>The table of one call.</summary>
    public static StoryBlock Of(Witnesses witnesses)
    {
        (Witness Left, Witness Right)? odd = witnesses.FirstDisagreement;
        string verdict = odd is { } pair
            ? $"three witnesses: {Name(pair.Left.Party)} and {Name(pair.Right.Party)} are the first to disagree"
            : "three witnesses: all agree";
        return new GridBlock(verdict, s_columns, [.. witnesses.All.Select(w => Row(w, odd))]);
    }

    /// <summary>A party by its name.</summary>
    public static string Name(Party party) => party switch
    {
        Party.Application => "application",
        Party.Library => "library",
        _ => "kernel",
    };

    private static Run[][] Row(Witness witness, (Witness Left, Witness Right)? odd)
    {
        bool disagrees = odd is { } pair && (pair.Left == witness || pair.Right == witness);
        Tone tone = disagrees ? Tone.Bad : odd is null ? Tone.Good : Tone.Plain;
        string mark = disagrees ? "<" : string.Empty;
        return
        [
            [Name(witness.Party)], [new Run(Number(witness.Stride), tone)], [new Run(Number(witness.Cpus), tone)],
            [new Run(Number(witness.Total), tone)], [new Run(mark, Tone.Bad)], [Run.Dim(witness.Basis)],
        ];
    }

    private static string Number(long? number) => number is { } n ? Words.N(n) : "?";
}
