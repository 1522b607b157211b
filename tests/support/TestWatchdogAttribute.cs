using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace KernelSim.Tests;

/// <summary>
/// Ends the test process and names the test when a test runs for more than twice <see cref="LimitedWaits.Limit"/>: the last resort against
/// code under test that hangs outside of any wait of the test.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestWatchdogAttribute : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        string name = test.TestDisplayName;
        _running[test.UniqueID] = new Timer(
            _ => Environment.FailFast($"The test '{name}' has been running for {2 * LimitedWaits.Limit.TotalSeconds:0} s."),
            null,
            2 * LimitedWaits.Limit,
            Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out Timer? timer))
        {
            timer.Dispose();
        }
    }
}
