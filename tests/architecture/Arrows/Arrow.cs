namespace KernelSim.Architecture.Tests.Arrows;

/// <summary>A dependency between two first-level folders of a project: files of one name declarations of the other.</summary>
internal readonly record struct Arrow(string From, string To)
{
    public override string ToString() => $"{From} -> {To}";
}
