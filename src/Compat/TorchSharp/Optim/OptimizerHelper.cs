using TorchSharp.Engine;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: groups, state, and their files in TorchSharp's format.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    protected OptimizerOptions _defaults = null!;

    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    // Parameters and states by group in order: what a step walks over without looking anything up.
    private protected List<(ParamGroup Group, (Parameter Parameter, OptimizerState State)[] Members)> Walk { get; } = [];

    public void save_state_dict(string location)
    {
        using FileStream stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        StateDictionary mine = state_dict();
        TensorFile.Write(writer, mine.Options.Count);
        TensorFile.Write(writer, mine.State.Count);
        foreach (OptimizerOptions options in mine.Options) options.SaveStateDict(writer);
        foreach (OptimizerState state in mine.State) state.SaveStateDict(writer);
    }

    /// <exception cref="InvalidDataException">The file is another optimizer's.</exception>
    /// <exception cref="ArgumentException">It has other groups or parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        string name = reader.ReadString();
        if (name != GetType().Name) throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        StateDictionary mine = state_dict();
        RequireCounts(mine, TensorFile.Number(reader), TensorFile.Number(reader));
        foreach (OptimizerOptions options in mine.Options) options.LoadStateDict(reader);
        foreach (OptimizerState state in mine.State) state.LoadStateDict(reader);
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary mine = this.state_dict();
        RequireCounts(mine, state_dict.Options.Count, state_dict.State.Count);
        for (int i = 0; i < mine.Options.Count; i++)
        {
            if (mine.Options[i] != state_dict.Options[i]) mine.Options[i].LoadStateDict(state_dict.Options[i]);
        }

        for (int i = 0; i < mine.State.Count; i++)
        {
            if (mine.State[i] != state_dict.State[i]) mine.State[i].LoadStateDict(state_dict.State[i]);
        }
    }

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach ((ParamGroup group, (Parameter, OptimizerState State)[] members) in Walk)
        {
            result.Options.Add(group.Options);
            result.StateIndexRef.Add([.. Enumerable.Range(result.State.Count, members.Length)]);
            foreach ((Parameter _, OptimizerState state) in members) result.State.Add(state);
        }

        return result;
    }

    public override void zero_grad()
    {
        foreach ((ParamGroup _, (Parameter Parameter, OptimizerState)[] members) in Walk)
        {
            foreach ((Parameter parameter, OptimizerState _) in members)
            {
                if (parameter.Core.Grad is not { } gradient) continue;
                Engine.Convert.Fill(gradient, 0);
                gradient.Storage.Version++;
            }
        }
    }

    /// <summary>Registers a group whose options are complete, with a state for each parameter.</summary>
    private protected void Register(ParamGroup group, Func<Parameter, OptimizerState> create)
    {
        group.Options.InitialLearningRate = group.Options.LearningRate!.Value;
        _parameter_groups.Add(group);
        var members = new List<(Parameter, OptimizerState)>();
        foreach (Parameter parameter in group.Parameters)
        {
            if (!states.TryGetValue(parameter, out OptimizerState? state)) states[parameter] = state = create(parameter);
            state.Initialize(group.Options);
            members.Add((parameter, state));
        }

        Walk.Add((group, [.. members]));
    }

    private protected static Tensor? Loss(Func<Tensor>? closure)
    {
        if (closure is null) return null;
        using IDisposable mode = enable_grad();
        return closure();
    }

    private static void RequireCounts(StateDictionary mine, long options, long states)
    {
        if (options != mine.Options.Count) throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != mine.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
