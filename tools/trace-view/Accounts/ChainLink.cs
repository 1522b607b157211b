namespace KernelSim.TraceView.Accounts;

/// <summary>One station of an error on its way to the program.</summary>
/// <param name="Station">Check, result, NTSTATUS, Win32 or errno.</param>
/// <param name="Name">What the error was called there; empty when it never came there.</param>
/// <param name="Note">Why, or what the name means; may be empty.</param>
internal sealed record ChainLink(string Station, string Name, string Note);
