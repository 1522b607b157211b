using System.Diagnostics;
using System.Globalization;

namespace KernelSim.Tests;

/// <summary>
/// Waits with a limit. A wait that reaches it fails the test and names what it waited for.
/// </summary>
public static class LimitedWaits
{
    /// <summary>Two minutes, or the number of seconds in the environment variable <c>KERNELSIM_TEST_WAIT</c>.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("KERNELSIM_TEST_WAIT"), CultureInfo.InvariantCulture, out double seconds) && seconds > 0
            ? seconds
            : 120);

    /// <summary>Waits until an event is set.</summary>
    public static void WaitFor(this ManualResetEventSlim signal, string what) => Require(signal.Wait(Limit), what);

    /// <summary>Waits until a semaphore is released.</summary>
    public static void WaitFor(this SemaphoreSlim semaphore, string what) => Require(semaphore.Wait(Limit), what);

    /// <summary>Waits until a countdown has reached zero.</summary>
    public static void WaitFor(this CountdownEvent signal, string what) => Require(signal.Wait(Limit), what);

    /// <summary>Waits at a barrier for the other participants.</summary>
    public static void WaitFor(this Barrier barrier, string what) => Require(barrier.SignalAndWait(Limit), what);

    /// <summary>Waits until one of two handles is signalled, and returns its index.</summary>
    public static int WaitForAny(WaitHandle first, WaitHandle second, string what)
    {
        int signalled = WaitHandle.WaitAny([first, second], Limit);
        Require(signalled != WaitHandle.WaitTimeout, what);
        return signalled;
    }

    /// <summary>Waits for a task and returns its result.</summary>
    public static T WaitFor<T>(this Task<T> task, string what)
    {
        Require(Task.WaitAny([task], Limit) == 0, what);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for a task asynchronously.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }

    /// <summary>Waits for a task asynchronously.</summary>
    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Require(false, what);
        }
    }

    /// <summary>Waits until a thread has ended.</summary>
    public static void WaitFor(this Thread thread, string what) => Require(thread.Join(Limit), what);

    /// <summary>Spins until a condition is true.</summary>
    public static void Until(Func<bool> condition, string what) => Require(SpinWait.SpinUntil(condition, Limit), what);

    /// <summary>Reads a line of a process's standard output; null at its end. Kills a process that writes none.</summary>
    public static string? ReadLineWithin(this Process process, string what) => process.OrKilled(process.StandardOutput.ReadLineAsync(), what);

    /// <summary>Reads a line of a process's standard error; null at its end. Kills a process that writes none.</summary>
    public static string? ReadErrorLineWithin(this Process process, string what) => process.OrKilled(process.StandardError.ReadLineAsync(), what);

    /// <summary>Reads the rest of a process's redirected output and waits until it has exited. Kills a process that does not exit.</summary>
    public static (int ExitCode, string Output, string Error) EndWithin(this Process process, string what) => process.EndWithin(Limit, what);

    /// <summary>The same for a process that takes long, such as a build: with a limit of its own.</summary>
    public static (int ExitCode, string Output, string Error) EndWithin(this Process process, TimeSpan limit, string what)
    {
        Task<string> output = process.StartInfo.RedirectStandardOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        Task<string> error = process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        return process.EndWithin(output, error, limit, what);
    }

    /// <summary>Waits until a process has exited, where the caller already reads its output. Kills a process that does not exit.</summary>
    public static (int ExitCode, string Output, string Error) EndWithin(
        this Process process, Task<string> output, Task<string> error, string what) => process.EndWithin(output, error, Limit, what);

    private static (int ExitCode, string Output, string Error) EndWithin(
        this Process process, Task<string> output, Task<string> error, TimeSpan limit, string what)
    {
        process.OrKilled(Task.Run(() => process.WaitForExit(limit)), what, limit);
        return (process.ExitCode, process.OrKilled(output, $"the output of {what}"), process.OrKilled(error, $"the errors of {what}"));
    }

    private static T OrKilled<T>(this Process process, Task<T> task, string what, TimeSpan? limit = null)
    {
        bool done = Task.WaitAny([task], limit ?? Limit) == 0 && task is not Task<bool> { Result: false };
        if (!done && !process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        Require(done, $"{what} (process {process.Id})", limit);
        return task.GetAwaiter().GetResult();
    }

    private static void Require(bool happened, string what, TimeSpan? limit = null) =>
        Assert.True(happened, $"Waited {(limit ?? Limit).TotalSeconds:0} s for {what}.");
}
