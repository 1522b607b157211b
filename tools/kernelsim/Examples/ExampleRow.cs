namespace KernelSim.Tool.Examples;

/// <summary>A row of <see cref="ExampleTable"/>: an example before it is made.</summary>
/// <param name="Id">By which it is found: its group, a slash and a name.</param>
/// <param name="Title">Its title, in a few words.</param>
/// <param name="Make">Makes it: some are made by running their lines one after the other.</param>
internal sealed record ExampleRow(string Id, string Title, Func<ExampleScript> Make);
