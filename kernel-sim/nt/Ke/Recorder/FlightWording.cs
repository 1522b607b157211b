namespace KernelSim.Nt.Ke;

/// <summary>A kind of record in words.</summary>
/// <param name="Kind">The kind of records that it words.</param>
/// <param name="Name">Its name, as readers show it.</param>
/// <param name="Text">A record of the kind as a line of text.</param>
public sealed record FlightWording(FlightKind Kind, string Name, Func<FlightEntry, FlightNameBook, string> Text);
