namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>How an object is damaged so that a rule refuses it.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Object">The object.</param>
/// <param name="Do">The damage.</param>
internal sealed record DamageCase(string Rule, string Object, Action<DamagedObject> Do)
{
    public static DamageCase OfTypes(string rule, string name, Action<DamagedObject, DamagedTypes> damage) =>
        new(rule, name, file => damage(file, new DamagedTypes(file)));
}
