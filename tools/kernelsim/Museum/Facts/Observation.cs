namespace KernelSim.Tool.Museum.Facts;

/// <summary>Something that the program looked at afterwards.</summary>
/// <param name="What">The thing looked at.</param>
/// <param name="Meant">What it should have been.</param>
/// <param name="Seen">What it was.</param>
internal sealed record Observation(string What, string Meant, string Seen)
{
    /// <summary>Whether it was as meant.</summary>
    public bool IsRight => Meant == Seen;
}
