using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Runs recorded operations backward, latest first: the order of recording is a topological order.</summary>
internal static class Backward
{
    private static long runs;

    [ThreadStatic]
    private static State? current;

    /// <summary>Gradients of the roots with respect to the leaves, or to the given inputs alone.</summary>
    /// <param name="inputs">Tensors whose gradients are wanted; null for all leaves, whose Grad is then added to.</param>
    /// <param name="toLeaves">With inputs: true adds to their Grad, false returns the gradients.</param>
    internal static TensorCore?[]? Run(IReadOnlyList<Tensor> roots, IReadOnlyList<Tensor?> gradients, bool retain, bool create, IList<Tensor>? inputs, bool toLeaves)
    {
        State? outer = current;
        var state = new State(inputs, toLeaves);
        bool wasEnabled = GradMode.Swap(create);
        current = state;
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Collect(roots, state);
            for (int i = 0; i < roots.Count; i++) Seed(roots[i], gradients[i], state);
            foreach (Node node in state.Nodes) Step(node, state, scope, retain);
            return state.Captured;
        }
        finally
        {
            foreach (Node node in state.Nodes)
            {
                node.Gradient?.Release();
                node.Gradient = null;
                node.Release();
            }

            current = outer;
            GradMode.Swap(wasEnabled);
        }
    }

    internal static void Deliver(Node from, int index, Tensor gradient)
    {
        State state = current!;
        ref Node.Edge edge = ref from.Input(index);
        Node? target = edge.Node;
        if (target is null || !Wants(target)) return;
        if (!Shapes.Same(gradient.Core.Shape, edge.Shape)) gradient = gradient.SumTo(edge.Shape);
        if (gradient.Core.Type != edge.Type) gradient = gradient.to_type(edge.Type);
        Arrive(target, gradient, state);
    }

    /// <summary>Whether a gradient sent to the node is of use in this run. Leaves are shared by threads, so theirs is not kept in the node.</summary>
    internal static bool Wants(Node node) => node.Leaf is null ? node.Wanted : current!.WantsLeaf(node);

    private static void Seed(Tensor root, Tensor? gradient, State state)
    {
        TensorCore core = root.Core;
        TorchError.Require(core.RequiresGrad, "element 0 of tensors does not require grad and does not have a grad_fn");
        if (gradient is null)
        {
            TorchError.Require(core.Count == 1, "grad can be implicitly created only for scalar outputs");
            gradient = full(core.Shape, 1, core.Type);
        }

        TorchError.Require(Shapes.Same(gradient.Core.Shape, core.Shape), $"Mismatch in shape: grad_output[0] has a shape of {Shapes.Text(gradient.Core.Shape)} and output[0] has a shape of {Shapes.Text(core.Shape)}.");
        state.Incoming = gradient.Core;
        Node target = core.GradFn ?? (core.Accumulator ??= new Node(core));
        if (Wants(target)) Arrive(target, gradient, state);
    }

    private static void Arrive(Node target, Tensor gradient, State state)
    {
        if (target.Leaf is { } leaf)
        {
            int slot = state.SlotOf(target);
            if (slot >= 0 && !state.ToLeaves) state.Captured![slot] = Sum(state.Captured[slot], gradient);
            else Accumulate(leaf, gradient, state);
            return;
        }

        target.Gradient = Sum(target.Gradient, gradient);
    }

    private static void Step(Node node, State state, DisposeScope scope, bool retain)
    {
        if (!node.Wanted || node.Gradient is not { } arrived) return;
        node.Gradient = null;
        state.Incoming = arrived;
        var gradient = new Tensor(arrived);
        if (node.Result is { RetainsGrad: true, IsAlive: true } result) Accumulate(result, gradient, state);
        int slot = state.SlotOf(node);
        if (slot >= 0)
        {
            if (state.ToLeaves) Accumulate(state.Inputs![slot].Core, gradient, state);
            else state.Captured![slot] = Sum(state.Captured[slot], gradient);
        }

        if (slot < 0 || state.WantsBeyond(node))
        {
            node.Apply(gradient);
            if (!retain) node.Free();
        }

        scope.DisposeEverything();
    }

    private static TensorCore Sum(TensorCore? before, Tensor gradient)
    {
        if (before is null) return gradient.Core.Retain();
        using var left = new Tensor(before);
        Tensor sum = left + gradient;
        return sum.Core.Retain();
    }

    private static void Accumulate(TensorCore leaf, Tensor gradient, State state)
    {
        if (!leaf.IsAlive) return;
        lock (leaf)
        {
            TensorCore arriving = gradient.Core;
            if (leaf.Grad is null)
            {
                // Taken over if nobody else can see it, else copied.
                bool mine = !GradMode.Enabled && arriving.References == 1 && arriving.Storage.References == 1 && arriving.Contiguous && !ReferenceEquals(arriving, state.Incoming);
                leaf.Grad = (mine ? arriving : gradient.clone().Core).Retain();
                return;
            }

            using var now = new Tensor(leaf.Grad.Retain());
            if (GradMode.Enabled) leaf.Grad = (now + gradient).Core.Retain();
            else now.add_(gradient);
        }
    }

    /// <summary>All nodes that the roots reach, latest first, each counted for the run.</summary>
    private static void Collect(IReadOnlyList<Tensor> roots, State state)
    {
        var stack = new Stack<Node>();
        foreach (Tensor root in roots)
        {
            if (root.Core.GradFn is { } node && node.Run != state.Run) Visit(node, state, stack);
        }

        while (stack.TryPop(out Node? node))
        {
            for (int i = 0; i < node.InputCount; i++)
            {
                Node? next = node.Input(i).Node;
                if (next is { Leaf: null } && next.Run != state.Run) Visit(next, state, stack);
            }
        }

        state.Nodes.Sort(static (a, b) => b.Sequence.CompareTo(a.Sequence));
        if (state.Inputs is null) return;
        for (int n = state.Nodes.Count - 1; n >= 0; n--)
        {
            Node node = state.Nodes[n];
            node.Wanted = state.SlotOf(node) >= 0 || state.WantsBeyond(node);
        }
    }

    private static void Visit(Node node, State state, Stack<Node> stack)
    {
        node.Run = state.Run;
        node.Wanted = true;
        node.Retain();
        state.Nodes.Add(node);
        stack.Push(node);
    }

    private sealed class State
    {
        private readonly Node?[]? slots;

        internal State(IList<Tensor>? inputs, bool toLeaves)
        {
            Inputs = inputs;
            ToLeaves = toLeaves;
            if (inputs is null) return;
            Captured = new TensorCore?[inputs.Count];
            slots = new Node?[inputs.Count];
            for (int i = 0; i < slots.Length; i++)
            {
                TensorCore core = inputs[i].Core;
                TorchError.Require(core.RequiresGrad, "One of the differentiated Tensors does not require grad");
                slots[i] = core.GradFn ?? (core.Accumulator ??= new Node(core));
            }
        }

        internal long Run { get; } = Interlocked.Increment(ref runs);

        internal List<Node> Nodes { get; } = [];

        internal IList<Tensor>? Inputs { get; }

        internal bool ToLeaves { get; }

        internal TensorCore?[]? Captured { get; }

        internal TensorCore? Incoming { get; set; }

        internal int SlotOf(Node node) => slots is null ? -1 : Array.IndexOf(slots, node);

        internal bool WantsLeaf(Node leaf) => slots is null || SlotOf(leaf) >= 0;

        internal bool WantsBeyond(Node node)
        {
            for (int i = 0; i < node.InputCount; i++)
            {
                Node? next = node.Input(i).Node;
                if (next is not null && (next.Leaf is null ? next.Wanted : WantsLeaf(next))) return true;
            }

            return false;
        }
    }
}
