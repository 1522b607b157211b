namespace KernelSim.Tool.Examples;

/// <summary>All examples, group by group.</summary>
internal static class ExampleTable
{
    /// <summary>One row per example, in the order of the list.</summary>
    public static IReadOnlyList<ExampleRow> All { get; } =
        [.. TourExamples.Rows, .. MapTypeExamples.Rows, .. ExhibitExamples.Rows, .. QuestionExamples.Rows];

    /// <summary>Makes the example with an id; null if there is none.</summary>
    public static ExampleScript? Find(string id) => All.FirstOrDefault(e => e.Id == id)?.Make();
}
