namespace KernelSim.TraceView.Accounts;

/// <summary>One station of an error on its way to the program.</summary>
/// <param name="Station">Check, result, NTSTATUS, Win32 or errno.</param>
/// <param name="Name">The error's name there; empty if it never got there.</param>
/// <param name="Note">The reason, or the meaning of the name; may be empty.</param>
internal sealed record ChainLink(string Station, string Name, string Note);
