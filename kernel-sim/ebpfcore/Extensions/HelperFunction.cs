namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A helper as running code calls it: five registers in, one out. Pointers among them are kernel addresses that the verifier has proved;
/// nothing checks them again.
/// </summary>
/// <param name="call">Who calls: the thread, the program and its context.</param>
/// <param name="r1">The first argument.</param>
/// <param name="r2">The second.</param>
/// <param name="r3">The third.</param>
/// <param name="r4">The fourth.</param>
/// <param name="r5">The fifth.</param>
/// <returns>What goes into R0; negative results sign-extended.</returns>
public delegate ulong HelperFunction(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5);
