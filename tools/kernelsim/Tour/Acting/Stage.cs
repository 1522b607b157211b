using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>What must succeed before the story can begin.</summary>
internal static class Stage
{
    /// <summary>The result of a call that cannot fail on the tour's machine.</summary>
    public static int Expect(int result) =>
        result >= 0 ? result : throw new InvalidOperationException($"the tour's stage could not be set: a call returned {result}");

    /// <summary>The object that a call made, which cannot fail on the tour's machine.</summary>
    public static T Expect<T>(T? made, Libbpf libbpf)
        where T : class =>
        made ?? throw new InvalidOperationException($"the tour's stage could not be set: a call failed with {libbpf.errno}");
}
