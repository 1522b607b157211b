namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A helper as running code calls it: five registers in, one out. Pointers among them are kernel addresses that the verifier has proved;
/// they are not checked again.
/// </summary>
/// <param name="call">The caller: thread, program and context.</param>
/// <param name="r1">First argument.</param>
/// <param name="r2">Second argument.</param>
/// <param name="r3">Third argument.</param>
/// <param name="r4">Fourth argument.</param>
/// <param name="r5">Fifth argument.</param>
/// <returns>The value of R0; negative results are sign-extended.</returns>
public delegate ulong HelperFunction(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5);
