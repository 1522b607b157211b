namespace KernelSim.Protocol.Gate;

/// <summary>Which check refused a request, and the two numbers it compared.</summary>
/// <param name="Check">The check's number, <see cref="Checks.Check.Number"/>.</param>
/// <param name="Given">The number that the caller gave.</param>
/// <param name="Expected">The number that would have passed, or the limit.</param>
/// <param name="Element">The element of a batch at which the request stopped, counted within its message; -1 if there is none.</param>
public readonly record struct CheckRefusal(int Check, long Given, long Expected, long Element = -1);
