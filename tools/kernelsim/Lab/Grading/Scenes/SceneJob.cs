using System.Runtime.ExceptionServices;
using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>
/// Plays a scene with the student's driver on a machine of the process. What should have come of the steps is not in the process.
/// </summary>
internal sealed class SceneJob : HostJob<SceneInput, SceneFacts>
{
    /// <summary>Before the judge ends the process, so that it still says which step did not end.</summary>
    private static readonly TimeSpan s_limit = HostLimits.Default.Time / 2;

    private static readonly TimeSpan s_limitOfTheEnd = HostLimits.Default.Time / 10;

    /// <inheritdoc/>
    public override string Name => "scene";

    /// <inheritdoc/>
    public override bool RunsForeignCode => true;

    /// <inheritdoc/>
    public override bool MayGoOn(SceneFacts facts) => facts.IsOver && facts.Stop is null;

    /// <inheritdoc/>
    protected override SceneFacts Run(SceneInput input)
    {
        List<SceneOutcome> done = [];
        SceneFacts? facts = null;
        ExceptionDispatchInfo? thrown = null;
        ManualResetEventSlim ended = new();
        Thread player = new(() =>
        {
            using SceneMachine machine = new(input);
            try
            {
                facts = Play(machine, input.Steps, done);
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                ended.Set();
            }
        })
        {
            IsBackground = true,
        };
        player.Start();
        if (!ended.Wait(s_limit))
        {
            lock (done)
            {
                return new SceneFacts([.. done]) { IsStuck = true };
            }
        }

        // What the driver does when its machine shuts down counts only where that is a step of the scene.
        bool isOver = player.Join(s_limitOfTheEnd);
        thrown?.Throw();
        return facts! with { IsOver = isOver };
    }

    private static SceneFacts Play(SceneMachine machine, IReadOnlyList<SceneStep> steps, List<SceneOutcome> done)
    {
        foreach (SceneStep step in steps)
        {
            if (machine.Do(step) is not { } fact)
            {
                return new SceneFacts(done) { Stop = machine.Stop };
            }

            lock (done)
            {
                done.Add(fact);
            }
        }

        return new SceneFacts(done);
    }
}
